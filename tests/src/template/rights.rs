//! What a role may do with the table, as IAM judges it by the template (Service Authorization Reference, `DynamoDB`): no
//! emulator looks at the leading keys.

use serde_json::Value as Json;
use serde_yaml::Value;

use super::{declared, list, text};

/// One thing that a program asks of the table.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Wish {
    /// Such as `dynamodb:GetItem`.
    pub(crate) action: String,
    /// The value of the partition key: of the table, or of the index that is asked.
    pub(crate) key: String,
    /// The index.
    pub(crate) index: Option<String>,
}

impl Wish {
    /// Something asked of the table itself.
    pub(crate) fn new(action: &str, key: &str) -> Wish {
        Wish {
            action: format!("dynamodb:{action}"),
            key: key.to_owned(),
            index: None,
        }
    }

    /// What a call asks: of a transaction, every action of it.
    pub(crate) fn all(operation: &str, asked: &Json) -> Vec<Wish> {
        let keyed = |action: &str, part: &Json| {
            let key = [&part["Key"], &part["Item"]]
                .into_iter()
                .find_map(|item| item["PK"]["S"].as_str());
            Wish::new(action, key.unwrap_or_else(|| panic!("no key in {part}")))
        };
        match operation {
            "TransactWriteItems" => {
                let actions = asked["TransactItems"].as_array().unwrap().iter();
                let actions = actions.flat_map(|action| action.as_object().unwrap());
                actions
                    .map(|(name, part)| match name.as_str() {
                        "ConditionCheck" => keyed("ConditionCheckItem", part),
                        name => keyed(&format!("{name}Item"), part),
                    })
                    .collect()
            }
            "Query" => {
                let condition = asked["KeyConditionExpression"].as_str().unwrap();
                let (_, value) = condition.split_once(" = ").unwrap();
                let value = value.split_whitespace().next().unwrap();
                let value = &asked["ExpressionAttributeValues"][value]["S"];
                let index = asked["IndexName"].as_str().map(str::to_owned);
                vec![Wish {
                    index,
                    ..Wish::new("Query", value.as_str().unwrap())
                }]
            }
            operation => vec![keyed(operation, asked)],
        }
    }

    /// Whether a policy of the template grants it.
    pub(crate) fn is_granted_by(&self, policy: &str) -> bool {
        let document = &declared(policy)["PolicyDocument"];
        list(&document["Statement"]).any(|statement| {
            each(&statement["Action"]).any(|action| text(action) == self.action)
                && each(&statement["Resource"]).any(|resource| self.is_about(resource))
                && self.meets(&statement["Condition"])
        })
    }

    fn is_about(&self, resource: &Value) -> bool {
        let Value::Tagged(tagged) = resource else {
            return false;
        };
        match (&self.index, tagged.tag.to_string().as_str()) {
            (None, "!GetAtt") => text(&tagged.value) == "Table.Arn",
            (Some(index), "!Sub") => text(&tagged.value) == format!("${{Table.Arn}}/index/{index}"),
            _ => false,
        }
    }

    fn meets(&self, condition: &Value) -> bool {
        let keys = |operator: &str| {
            let patterns = &condition[operator]["dynamodb:LeadingKeys"];
            (!patterns.is_null()).then(|| list(patterns).any(|pattern| like(&self.key, pattern)))
        };
        keys("ForAllValues:StringLike") != Some(false)
            && keys("ForAllValues:StringNotLike") != Some(true)
    }
}

/// A value, or each of several.
fn each(value: &Value) -> impl Iterator<Item = &Value> {
    value
        .as_sequence()
        .map_or(std::slice::from_ref(value), Vec::as_slice)
        .iter()
}

/// Whether a text begins as a pattern does, which ends in a star.
fn like(text_: &str, pattern: &Value) -> bool {
    let beginning = text(pattern).strip_suffix('*').unwrap();
    assert!(!beginning.contains(['*', '?']), "{beginning}");
    text_.starts_with(beginning)
}

#[test]
fn the_public_program_cannot_read_or_take_away_what_is_sealed() {
    for group in ["contact", "answers", "sensitive"] {
        let key = format!("SEALED#{group}#r1");
        for action in [
            "GetItem",
            "UpdateItem",
            "DeleteItem",
            "ConditionCheckItem",
            "Query",
        ] {
            let wish = Wish::new(action, &key);
            assert!(!wish.is_granted_by("FormRights"), "{wish:?}");
        }
        assert!(Wish::new("PutItem", &key).is_granted_by("FormRights"));
    }
}

#[test]
fn the_public_program_can_list_nothing() {
    for key in ["OUTBOX", "PERSON#h1", "REG#r1", "DUE"] {
        for index in [
            None,
            Some("by-activity"),
            Some("by-due"),
            Some("next-first"),
        ] {
            let wish = Wish {
                index: index.map(str::to_owned),
                ..Wish::new("Query", key)
            };
            assert!(!wish.is_granted_by("FormRights"), "{wish:?}");
        }
    }
}

#[test]
fn the_worker_reads_of_what_is_sealed_only_contacts() {
    for (group, reads) in [("contact", true), ("answers", false), ("sensitive", false)] {
        let key = format!("SEALED#{group}#r1");
        assert_eq!(
            Wish::new("GetItem", &key).is_granted_by("WorkerRights"),
            reads
        );
        assert!(Wish::new("DeleteItem", &key).is_granted_by("WorkerRights"));
        for action in ["PutItem", "UpdateItem", "Query"] {
            assert!(
                !Wish::new(action, &key).is_granted_by("WorkerRights"),
                "{action}"
            );
        }
    }
}

#[test]
fn staff_read_and_erase_what_is_sealed_and_write_none_of_it() {
    for group in ["contact", "answers", "sensitive"] {
        let key = format!("SEALED#{group}#r1");
        for (action, may) in [
            ("GetItem", true),
            ("DeleteItem", true),
            ("PutItem", false),
            ("UpdateItem", false),
            ("Query", false),
        ] {
            let wish = Wish::new(action, &key);
            assert_eq!(wish.is_granted_by("StaffPolicy"), may, "{wish:?}");
        }
    }
}
