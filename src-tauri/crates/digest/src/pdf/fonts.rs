//! The fonts: Noto Sans that we bring, and behind it whatever the machine has.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontInfo};
use typst_kit::fonts::FontStore;

/// The family that we bring; the template asks for it by this name.
const FAMILY: &str = "Noto Sans";

/// Only what we bring: at hand at once, the same on every machine.
pub(super) static OURS: LazyLock<FontStore> = LazyLock::new(|| {
    let mut store = FontStore::new();
    store.extend(brought());
    store
});

/// With the machine's fonts too. Finding these takes a second or so on a cold disk, so this is first
/// looked at when a character asks for it.
pub(super) static ALL: LazyLock<FontStore> = LazyLock::new(|| {
    let mut store = FontStore::new();
    store.extend(brought());
    // Another cut of our own family would be mixed with ours, letter by letter.
    store.extend(typst_kit::fonts::system().filter(|(_, font)| font.family.as_str() != FAMILY));
    store
});

fn brought() -> impl Iterator<Item = (Font, FontInfo)> {
    [notosans::REGULAR_TTF, notosans::BOLD_TTF]
        .into_iter()
        .flat_map(|file| Font::iter(Bytes::new(file)))
        .map(|font| (font.clone(), font.info().clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_fonts_hold_latin_cyrillic_and_greek() {
        let fonts: Vec<FontInfo> = brought().map(|(_, info)| info).collect();
        assert_eq!(fonts.len(), 2, "Regular and Bold");
        for font in fonts {
            assert_eq!(font.family.as_str(), FAMILY);
            for c in "AzÀžőşğ АяЁёІіЇїЄєҐґЎўЂђ Ωωάΐ €₴£$ „“”«»–—…·№ □".chars()
            {
                assert!(font.coverage.contains(u32::from(c)), "{c:?} in {:?}", font.variant);
            }
        }
    }
}
