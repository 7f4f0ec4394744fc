//! The stock buckets: the closed list of states goods can be in.

/// What a bucket says about the goods in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bucket {
    /// Good quality, in the warehouse.
    Unrestricted,
    /// Arrived, quality not decided.
    QcInbound,
    /// Returned, not graded.
    QcReturn,
    /// On hold for quality, dispute, audit, recall or expiry.
    Blocked,
    /// Graded B.
    GradeB,
    /// Graded C.
    GradeC,
    /// Graded as scrap.
    Scrap,
    /// Vendor-owned goods here.
    ConsignIn,
    /// Claimed for a promotion.
    Frozen,
    /// Claimed by hand or by a channel.
    Locked,
    /// Claimed by an order that may expire.
    Reserved,
    /// Claimed by a firm order that is not shipped.
    Allocated,
    /// Ours, at a customer.
    ConsignOut,
    /// Published without goods: shown, never mixed into stock.
    Virtual,
}

impl Bucket {
    /// Every bucket, physical ones first.
    pub const ALL: [Self; 14] = [
        Self::Unrestricted,
        Self::QcInbound,
        Self::QcReturn,
        Self::Blocked,
        Self::GradeB,
        Self::GradeC,
        Self::Scrap,
        Self::ConsignIn,
        Self::Frozen,
        Self::Locked,
        Self::Reserved,
        Self::Allocated,
        Self::ConsignOut,
        Self::Virtual,
    ];

    /// The id used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unrestricted => "unrestricted",
            Self::QcInbound => "qc_inbound",
            Self::QcReturn => "qc_return",
            Self::Blocked => "blocked",
            Self::GradeB => "grade_b",
            Self::GradeC => "grade_c",
            Self::Scrap => "scrap",
            Self::ConsignIn => "consign_in",
            Self::Frozen => "frozen",
            Self::Locked => "locked",
            Self::Reserved => "reserved",
            Self::Allocated => "allocated",
            Self::ConsignOut => "consign_out",
            Self::Virtual => "virtual",
        }
    }

    /// Reads the id used in files.
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|bucket| bucket.as_str() == id)
    }

    /// The position in [`Bucket::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Whether goods in it lie in the warehouse.
    pub const fn is_physical(self) -> bool {
        matches!(
            self,
            Self::Unrestricted
                | Self::QcInbound
                | Self::QcReturn
                | Self::Blocked
                | Self::GradeB
                | Self::GradeC
                | Self::Scrap
                | Self::ConsignIn
        )
    }

    /// Whether it claims goods of [`Bucket::Unrestricted`].
    pub const fn is_claim(self) -> bool {
        matches!(
            self,
            Self::Frozen | Self::Locked | Self::Reserved | Self::Allocated
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{Kind, TABLES, TableId};

    #[test]
    fn files_and_engine_know_the_same_buckets() {
        let stock = TABLES
            .iter()
            .find(|table| table.id == TableId::Stock)
            .unwrap();
        let Kind::Choice(words) = stock.columns[2].kind else {
            panic!("bucket is a choice")
        };
        let ids: Vec<_> = Bucket::ALL.iter().map(|bucket| bucket.as_str()).collect();
        assert_eq!(words, ids);
        assert!(
            Bucket::ALL
                .iter()
                .all(|bucket| Bucket::parse(bucket.as_str()) == Some(*bucket))
        );
        assert!(
            Bucket::ALL
                .iter()
                .enumerate()
                .all(|(index, bucket)| bucket.index() == index)
        );
    }
}
