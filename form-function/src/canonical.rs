//! Several fields as one run of bytes that only those fields can give.
//!
//! Joining fields with a separator lets one field end where another begins; a forged token can live in that gap. Here every
//! field stands behind its length.

/// The fields, each behind its length.
pub(crate) fn encode(fields: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(fields.iter().map(|field| field.len() + 8).sum());
    for field in fields {
        bytes.extend_from_slice(&(field.len() as u64).to_be_bytes());
        bytes.extend_from_slice(field);
    }
    bytes
}

/// The texts that were encoded, if these bytes are what [`encode`] makes of texts.
pub(crate) fn decode(mut bytes: &[u8]) -> Option<Vec<&str>> {
    let mut fields = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk()?;
        let (field, rest) =
            rest.split_at_checked(usize::try_from(u64::from_be_bytes(*length)).ok()?)?;
        fields.push(std::str::from_utf8(field).ok()?);
        bytes = rest;
    }
    Some(fields)
}
