//! Dense ids: positions in the sorted master tables, valid inside one dataset only.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u32);

        impl $name {
            /// The id of the row at `index`.
            pub fn from_index(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// The position in its master table.
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A stock-keeping unit.
    SkuId;
    /// A node of the category tree.
    CategoryId;
    /// A sales channel.
    ChannelId;
    /// A sales region.
    RegionId;
    /// A place that holds stock.
    WarehouseId;
    /// A supplier.
    SupplierId;
}
