//! The binary form of a WebAssembly module (WebAssembly core specification, chapter 5): its sections,
//! numbers and names.

/// Kinds of sections.
pub const CUSTOM: u8 = 0;
pub const IMPORTS: u8 = 2;
pub const EXPORTS: u8 = 7;
pub const CODE: u8 = 10;

/// A section: its kind and what it holds.
pub type Section<'a> = (u8, &'a [u8]);

/// The head of a module (magic and version) and its sections; `None` when the bytes are not those
/// of a module.
pub fn sections(module: &[u8]) -> Option<(&[u8], Vec<Section<'_>>)> {
    let mut reader = Reader(module);
    let head = reader.take(8)?;
    let mut sections = Vec::new();
    while !reader.0.is_empty() {
        let kind = reader.byte()?;
        let length = reader.number()?;
        sections.push((kind, reader.take(length)?));
    }
    Some((head, sections))
}

/// Appends a section to a module.
pub fn push_section(module: &mut Vec<u8>, kind: u8, body: &[u8]) {
    module.push(kind);
    push_number(module, body.len());
    module.extend(body);
}

/// Reads the binary form of a module.
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    /// The next bytes. `None` past the end.
    pub fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    /// The next byte. `None` past the end.
    pub fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// The next number (LEB128). `None` past the end.
    pub fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn limits(&mut self) -> Option<()> {
        let has_maximum = self.byte()? & 1 == 1;
        self.number()?;
        if has_maximum {
            self.number()?;
        }
        Some(())
    }

    /// Passes over what an import is. `None` past the end.
    pub fn skip_import_type(&mut self) -> Option<()> {
        match self.byte()? {
            0 => self.number().map(|_| ()),
            1 => {
                self.byte()?;
                self.limits()
            }
            2 => self.limits(),
            3 => self.take(2).map(|_| ()),
            _ => None,
        }
    }
}

/// Appends a number in the form that [`Reader::number`] reads (LEB128).
pub fn push_number(target: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        target.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    target.push(number as u8);
}
