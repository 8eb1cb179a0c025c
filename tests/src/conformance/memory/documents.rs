//! What staff's pages keep, in memory.

use form_function::store::{Collection, Document, Documents, Order};

use super::{Answer, MemoryStore, of};

impl Documents for MemoryStore {
    async fn document(&self, collection: Collection, key: &str) -> Answer<Option<Document>> {
        let key = (collection, key.to_owned());
        Ok(self.lists().documents.get(&key).cloned())
    }

    async fn documents(
        &self,
        collection: Collection,
        order: Order,
        after: Option<&str>,
        limit: u32,
    ) -> Answer<Vec<Document>> {
        let mut found = of(&self.lists().documents, |(of, _)| *of == collection);
        if order == Order::Descending {
            found.reverse();
        }
        found.retain(|it| match (order, after) {
            (_, None) => true,
            (Order::Ascending, Some(after)) => *it.key > *after,
            (Order::Descending, Some(after)) => *it.key < *after,
        });
        found.truncate(limit as usize);
        Ok(found)
    }

    async fn keep(&self, collection: Collection, document: &Document) -> Answer<bool> {
        let mut lists = self.lists();
        let key = (collection, document.key.clone());
        let follows = lists.documents.get(&key).map_or(0, |kept| kept.version + 1);
        let fits = document.version == follows;
        if fits {
            lists.documents.insert(key, document.clone());
        }
        Ok(fits)
    }

    async fn discard(&self, collection: Collection, key: &str) -> Answer<()> {
        let key = (collection, key.to_owned());
        self.lists().documents.remove(&key);
        Ok(())
    }
}
