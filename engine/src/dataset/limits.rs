//! What a row is limited to: the cells of a `scope` column, `category=a;channel in (b,c)`.

use super::cell::CellError;

/// A column that limits may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LimitKey {
    /// A category with all below it.
    Category,
    /// Single goods.
    Sku,
    /// Sales channels.
    Channel,
    /// Sales regions.
    Region,
}

impl LimitKey {
    /// All keys.
    pub const ALL: [Self; 4] = [Self::Category, Self::Sku, Self::Channel, Self::Region];

    /// The word in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Sku => "sku",
            Self::Channel => "channel",
            Self::Region => "region",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.as_str() == word)
    }
}

/// One limit: a key and the codes that lie inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit<'a> {
    /// What is limited.
    pub key: LimitKey,
    /// To what; at least one.
    pub codes: Vec<&'a str>,
}

/// Reads the limits of a row: `key=code` or `key in (code,code)`, joined by `;`, all of which must
/// hold. A key stands once; blanks around words do not matter.
///
/// # Errors
/// [`CellError::BadScope`] for a key that cannot limit rows, a key that stands twice, and for anything else.
pub fn parse_limits(text: &str) -> Result<Vec<Limit<'_>>, CellError> {
    let limit = |part| parse_limit(part).ok_or(CellError::BadScope);
    let limits: Vec<Limit<'_>> = text.split(';').map(limit).collect::<Result<_, _>>()?;
    for (place, limit) in limits.iter().enumerate() {
        if limits.iter().take(place).any(|it| it.key == limit.key) {
            return Err(CellError::BadScope);
        }
    }
    Ok(limits)
}

fn parse_limit(part: &str) -> Option<Limit<'_>> {
    if let Some((key, code)) = part.split_once('=') {
        let codes = vec![code.trim()];
        let is_code = |code: &&str| !code.is_empty() && !code.contains(['=', '(', ')', '<', '>']);
        return Some(Limit {
            key: LimitKey::parse(key.trim())?,
            codes: Some(codes).filter(|codes| codes.iter().all(is_code))?,
        });
    }
    let (key, list) = part.trim().split_once(char::is_whitespace)?;
    let list = list.trim().strip_prefix("in")?.trim_start();
    let list = list.strip_prefix('(')?.strip_suffix(')')?;
    let codes: Vec<&str> = list.split(',').map(str::trim).collect();
    Some(Limit {
        key: LimitKey::parse(key)?,
        codes: Some(codes).filter(|codes| codes.iter().all(|code| !code.is_empty()))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Vec<(&'static str, Vec<&str>)>> {
        let limits = parse_limits(text).ok()?;
        let pairs = limits.into_iter().map(|it| (it.key.as_str(), it.codes));
        Some(pairs.collect())
    }

    #[test]
    fn limits_are_read() {
        assert_eq!(
            read(" category = 奶粉 ;channel in ( tmall, jd )"),
            Some(vec![
                ("category", vec!["奶粉"]),
                ("channel", vec!["tmall", "jd"])
            ])
        );
        assert_eq!(read("region=east"), Some(vec![("region", vec!["east"])]));
    }

    #[test]
    fn what_cannot_limit_is_refused() {
        for text in [
            "",
            "tmall",
            "brand=x",
            "kind=live",
            "channel=",
            "channel>=3",
            "channel in tmall",
            "channel in ()",
            "channel=a;channel=b",
            "channel=a;",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
