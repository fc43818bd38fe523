//! Compressed files: known by their first bytes, whatever they are called, and bounded.

use std::io::Read;

use flate2::read::MultiGzDecoder;

use crate::MAX_BYTES;

/// Whether bytes are compressed with gzip (RFC 1952).
pub(crate) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x1f\x8b\x08")
}

/// What was compressed: at most one byte more than [`MAX_BYTES`], so that too much is seen to be
/// too much. A stream that breaks off gives what it has.
pub(crate) fn inflate(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let limit = u64::try_from(MAX_BYTES + 1).unwrap_or(u64::MAX);
    // An error ends the text early; the reader of its format sees that its end is missing.
    let _ = MultiGzDecoder::new(bytes).take(limit).read_to_end(&mut out);
    out
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn compressed_bytes_come_back_and_bombs_do_not() {
        let packed = gzip(b"<urlset/>");
        assert!(is_gzip(&packed));
        assert_eq!(inflate(&packed), b"<urlset/>");
        assert_eq!(inflate(&packed[..packed.len() - 6]), b"<urlset/>", "a missing check sum costs nothing");
        assert_eq!(inflate(&gzip(&vec![b'a'; 2 * MAX_BYTES])).len(), MAX_BYTES + 1);
        assert_eq!(inflate(b"\x1f\x8b\x08 nonsense"), b"");
    }
}
