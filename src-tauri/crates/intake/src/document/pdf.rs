use crate::{Hint, Parsed};
pub(super) fn read(_: &[u8], _: &Hint) -> Parsed {
    crate::read::refuse(
        crate::Format::Pdf,
        wirewatch_model::ProblemKind::Unsupported,
        "a PDF cannot be read yet",
    )
}
