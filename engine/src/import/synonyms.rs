//! What the columns of our tables are called elsewhere, in both languages.
//!
//! Words are compared after [`normalise_header`]. A *strong* word names the column wherever
//! the table is right; a *weak* one probably does.

use unicode_normalization::UnicodeNormalization;

use super::confidence::Confidence;
use super::mapping::Target;
use crate::dataset::{TableDef, TableId};
use TableId::{
    Counts, Demand, OpenOrders, Returns, SalesOrders, Skus, Sourcing, Stock, StockDaily,
};

struct Synonyms {
    /// Tables they hold for; empty for all that have the column.
    tables: &'static [TableId],
    column: &'static str,
    strong: &'static [&'static str],
    weak: &'static [&'static str],
}

const fn any(
    column: &'static str,
    strong: &'static [&'static str],
    weak: &'static [&'static str],
) -> Synonyms {
    Synonyms {
        tables: &[],
        column,
        strong,
        weak,
    }
}

const fn only(
    tables: &'static [TableId],
    column: &'static str,
    strong: &'static [&'static str],
    weak: &'static [&'static str],
) -> Synonyms {
    Synonyms {
        tables,
        column,
        strong,
        weak,
    }
}

#[rustfmt::skip]
const COLUMNS: &[Synonyms] = &[
    any("sku", &["skucode", "skuid", "skuno", "商品编码", "商品代码", "商品编号", "货号", "规格编码", "商家编码", "物料编码", "物料号", "料号", "产品编码", "产品编号", "商品规格编码", "规格商家编码", "商品sku", "sku编码", "sku编号", "stockcode", "itemcode", "itemno", "itemid", "itemnumber", "partno", "partnumber", "productcode", "productid", "productno", "articleno", "articlenumber", "sellersku", "merchantsku", "msku", "fnsku"], &["item", "product", "article", "material", "商品", "产品", "款号", "编码", "代码", "code"]),
    any("warehouse", &["warehousecode", "warehouseid", "warehousename", "仓库", "仓库编码", "仓库代码", "仓库名称", "发货仓", "所在仓库", "库房", "wh", "whcode", "storagecode", "store", "storecode", "storeid", "depot"], &["location", "locationid", "site", "plant", "仓", "库位", "门店"]),
    any("channel", &["channelcode", "channelname", "saleschannel", "渠道", "渠道编码", "渠道名称", "销售渠道", "平台", "来源平台", "店铺", "店铺名称", "platform", "shop", "shopname", "marketplace"], &["source", "来源"]),
    any("region", &["regioncode", "regionname", "区域", "区域编码", "地区", "大区", "销售区域", "country", "countryname", "countrycode", "国家", "省份", "收货省份", "省", "province", "state"], &["area", "market", "territory", "城市", "city"]),
    any("category", &["categorycode", "categoryname", "类目", "类目编码", "品类", "商品分类", "分类", "产品分类", "一级类目", "productcategory"], &["class", "department", "dept", "family", "group"]),
    any("quantity", &["qty", "数量", "件数", "库存数量", "商品数量", "库存", "库存数", "在库数量", "现有库存", "units", "pcs", "onhand", "onhandqty", "quantityonhand", "stockqty", "实际库存", "账面库存", "结存数量"], &["num", "count", "amountunits", "stock", "inventory", "数"]),
    only(&[Demand, SalesOrders], "quantity", &["销量", "销售数量", "销售件数", "购买数量", "下单数量", "订购数量", "salesqty", "unitssold", "qtyordered", "orderqty", "dailyqty", "demand", "quantityordered", "订单数量", "宝贝数量"], &["sales", "sold"]),
    only(&[Returns], "quantity", &["退货数量", "退款数量", "returnqty", "qtyreturned"], &[]),
    only(&[OpenOrders], "quantity", &["未交数量", "未到货数量", "在途数量", "未清数量", "openqty", "qtyopen", "remainingqty", "采购数量", "orderqty"], &[]),
    only(&[Demand], "date", &["日期", "销售日期", "下单日期", "订单日期", "交易日期", "付款时间", "下单时间", "订单创建时间", "支付时间", "saledate", "salesdate", "orderdate", "invoicedate", "transactiondate", "day", "ds", "统计日期", "业务日期"], &["time", "timestamp", "createdat", "时间", "week", "month"]),
    any("date", &["日期", "day", "统计日期", "快照日期", "业务日期", "snapshotdate"], &["time", "时间"]),
    any("price", &["unitprice", "单价", "售价", "销售单价", "成交价", "成交单价", "实付单价", "sellprice", "sellingprice", "saleprice"], &["rate", "价格"]),
    only(&[Sourcing], "price", &["采购价", "进价", "供货价", "协议价", "purchaseprice", "buyingprice"], &[]),
    any("revenue", &["销售额", "销售金额", "成交金额", "实付金额", "实收金额", "付款金额", "金额", "gmv", "totalprice", "linetotal", "salesamount", "netsales", "grosssales", "turnover", "商品金额"], &["amount", "total", "value", "sales$", "合计"]),
    any("orders", &["订单数", "订单量", "单量", "ordercount"], &[]),
    any("promo", &["促销", "活动", "活动名称", "promotion", "campaign"], &[]),
    any("bucket", &["库存状态", "库存类型", "商品状态", "质量状态", "良次品", "状态", "inventorytype", "stocktype", "stockstatus", "inventorystatus", "condition", "disposition", "库存属性"], &["status", "type", "类型"]),
    any("lot", &["批次", "批次号", "批号", "生产批次", "lotno", "lotnumber", "batch", "batchno", "batchnumber"], &[]),
    any("received_on", &["入库日期", "入库时间", "收货日期", "到货日期", "receiveddate", "receiptdate", "receivedate", "dateinstock"], &["库龄日期", "indate"]),
    any("origin_received_on", &["首次入库日期", "原始入库日期", "firstreceived"], &[]),
    any("expiry", &["有效期", "失效日期", "过期日期", "到期日", "有效期至", "保质期至", "expirydate", "expirationdate", "expireddate", "bestbefore", "expdate"], &[]),
    any("unit_cost", &["成本", "成本价", "单位成本", "采购成本", "移动平均价", "unitcost", "costprice", "averagecost", "avgcost", "costperunit", "含税成本"], &["cost", "进价", "采购价", "单价"]),
    any("owner", &["货主", "所有者", "货主编码", "ownercode"], &[]),
    only(&[StockDaily], "available", &["可用", "可用库存", "可用数量", "可售库存", "结存", "availableqty", "quantityavailable", "期末库存"], &["库存", "数量", "stock", "onhand", "quantity"]),
    any("name_zh", &["商品名称", "名称", "品名", "产品名称", "货品名称", "物料名称", "中文名称", "中文名", "商品标题", "宝贝标题", "仓库名", "供应商名称"], &[]),
    any("name_en", &["description", "productname", "itemname", "itemdescription", "productdescription", "title", "英文名称", "英文名", "name"], &["desc"]),
    any("brand", &["品牌", "品牌名称", "brandname"], &["manufacturer", "vendorname"]),
    any("uom", &["单位", "计量单位", "unit", "unitofmeasure"], &[]),
    any("barcode", &["条码", "条形码", "商品条码", "国际条码", "ean", "upc", "gtin", "69码"], &[]),
    any("pack_qty", &["箱规", "装箱数", "每箱数量", "packsize", "casepack", "unitspercase"], &[]),
    any("moq", &["起订量", "最小起订量", "最小订购量", "minimumorderquantity", "minorderqty"], &[]),
    any("multiple", &["订货倍数", "包装倍数", "ordermultiple"], &[]),
    any("volume", &["体积", "cbm"], &[]),
    any("weight", &["重量", "毛重", "净重"], &[]),
    any("shelf_life_days", &["保质期", "保质期天数", "保质天数", "shelflife"], &[]),
    any("list_price", &["标价", "吊牌价", "零售价", "市场价", "listprice", "retailprice", "msrp"], &["售价"]),
    any("standard_cost", &["标准成本", "standardcost", "stdcost"], &[]),
    any("vat_rate", &["税率", "增值税率", "taxrate", "vat"], &[]),
    any("launch_date", &["上架日期", "上市日期", "上新日期", "launchdate"], &[]),
    any("end_date", &["下架日期", "停售日期", "退市日期"], &[]),
    only(&[Skus], "status", &["状态", "商品状态", "在售状态"], &[]),
    any("currency", &["币种", "币别", "货币", "currencycode"], &[]),
    any("supplier", &["供应商", "供应商编码", "供应商代码", "供货商", "vendor", "vendorcode", "vendorid", "suppliercode", "supplierid", "vendorno"], &["厂家", "厂商"]),
    any("terms", &["账期", "付款条件", "结算方式", "paymentterms"], &[]),
    any("lead_days", &["提前期", "交期", "采购提前期", "到货周期", "供货周期", "leadtime", "leadtimedays", "deliverydays", "备货周期"], &[]),
    any("lead_sd", &["交期标准差", "leadtimesd", "leadtimestd"], &[]),
    any("review_days", &["订货周期", "补货周期", "reviewperiod"], &[]),
    any("order", &["订单号", "订单编号", "单号", "单据编号", "采购单号", "线上订单号", "内部订单号", "销售单号", "orderid", "orderno", "ordernumber", "ponumber", "pono", "invoiceno", "invoicenumber", "invoice", "salesorderid", "purchaseorderid"], &["document", "documentno", "订单"]),
    any("due_on", &["预计到货日期", "预计到货", "交货日期", "预计到货时间", "duedate", "deliverydate", "expecteddate", "eta", "promiseddate", "要求到货日期"], &[]),
    any("ordered_on", &["下单日期", "采购日期", "订单日期", "orderdate", "podate"], &[]),
    any("origin", &["调出仓", "调出仓库", "发出仓", "fromwarehouse"], &[]),
    any("destination", &["调入仓", "调入仓库", "towarehouse"], &[]),
    any("at", &["时间", "下单时间", "发生时间", "业务时间", "创建时间", "订单日期", "付款时间", "orderdate", "createdat", "timestamp", "invoicedate", "datetime"], &["date", "日期", "time"]),
    any("status", &["状态", "订单状态", "orderstatus"], &[]),
    any("buyer", &["买家", "买家昵称", "客户", "客户编码", "会员", "customerid", "customer", "customerno", "buyerid"], &[]),
    any("rma", &["退货单号", "售后单号", "退款编号", "退货编号", "rmano", "rmanumber", "returnid", "returnno"], &[]),
    any("reason", &["原因", "退货原因", "退款原因", "售后原因", "returnreason"], &["备注", "note"]),
    any("requested_at", &["申请时间", "退货申请时间", "退款申请时间"], &[]),
    any("received_at", &["收货时间", "退货入库时间"], &[]),
    any("grade", &["质检结果", "等级", "品级"], &[]),
    only(&[Counts], "count", &["盘点单", "盘点单号", "countid"], &[]),
    only(&[Counts], "book", &["账面数", "账面数量", "系统数量", "系统库存", "bookqty"], &[]),
    only(&[Counts], "counted", &["实盘数", "实盘数量", "盘点数量", "countedqty"], &[]),
    any("parent", &["上级", "父级", "上级类目", "父类目"], &[]),
    any("keyword", &["关键词", "关键字", "搜索词", "热词", "query", "queries", "keywords", "topqueries", "searchterm", "searchquery", "热门查询", "查询"], &["词"]),
    any("metric", &["指标"], &[]),
    any("value", &["值", "数值"], &[]),
    any("source", &["来源", "数据来源"], &[]),
    any("event", &["活动编码", "事件"], &[]),
    any("start", &["开始日期", "开始时间", "startdate"], &[]),
    any("end", &["结束日期", "结束时间", "enddate"], &[]),
];

/// Columns of lines that describe something else than the table's own columns.
#[rustfmt::skip]
const ROLES: &[(Target, &[TableId], &[&str])] = &[
    (Target::Document, &[Demand], &["order", "invoiceno", "invoicenumber", "invoice", "orderno", "orderid", "ordernumber", "documentno", "receiptno", "transactionid", "订单号", "订单编号", "单号", "单据编号", "销售单号", "线上订单号", "内部订单号", "小票号"]),
    (Target::SkuName, &[Demand, Stock, StockDaily, OpenOrders, SalesOrders, Returns], &["description", "productname", "itemname", "itemdescription", "title", "namezh", "nameen", "商品名称", "品名", "产品名称", "货品名称", "物料名称", "商品标题", "宝贝标题", "名称"]),
    (Target::SkuCategory, &[Demand, Stock, StockDaily, OpenOrders, SalesOrders, Returns], &["category", "categoryname", "productcategory", "类目", "品类", "商品分类", "分类", "产品分类", "一级类目"]),
];

/// Metrics of signals that have a column of their own.
#[rustfmt::skip]
const METRICS: &[(&str, &[&str])] = &[
    ("clicks", &["clicks", "click", "urlclicks", "点击", "点击数", "点击次数", "点击量"]),
    ("impressions", &["impressions", "展示", "展示次数", "展示量", "展现", "展现量", "曝光", "曝光量", "曝光次数"]),
    ("position", &["position", "averageposition", "avgposition", "排名", "平均排名", "排名位置"]),
    ("index", &["index", "整体指数", "搜索指数", "百度指数", "综合指数", "关键词指数", "热度指数", "指数", "整体日均值", "interest"]),
    ("mentions", &["mentions", "提及", "提及量", "声量", "笔记数", "内容数", "作品数"]),
    ("reads", &["reads", "views", "阅读", "阅读数", "阅读量", "浏览量", "播放量"]),
];

/// A header or word as it is compared: compatibility forms composed, lower case, without
/// blanks, punctuation and what stands in brackets.
pub(super) fn normalise_header(header: &str) -> String {
    let mut normalised = String::with_capacity(header.len());
    let mut outside = String::with_capacity(header.len());
    let mut depth = 0_u32;
    for character in header.nfkc().flat_map(char::to_lowercase) {
        match character {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if character.is_whitespace() || is_punctuation(character) => {}
            _ => {
                normalised.push(character);
                if depth == 0 {
                    outside.push(character);
                }
            }
        }
    }
    if outside.is_empty() {
        normalised
    } else {
        outside
    }
}

fn is_punctuation(character: char) -> bool {
    matches!(
        character,
        '_' | '-'
            | '.'
            | '*'
            | ':'
            | '/'
            | '\\'
            | '#'
            | '\''
            | '"'
            | '`'
            | '。'
            | '、'
            | '\u{feff}'
            | '\u{200b}'
    )
}

/// Where a header of the table's file probably goes.
pub(super) fn target_of(def: &TableDef, header: &str) -> Option<(Target, Confidence)> {
    let header = normalise_header(header);
    if header.is_empty() {
        return None;
    }
    let canonical = def
        .columns
        .iter()
        .find(|column| normalise_header(column.name) == header);
    if let Some(column) = canonical {
        return Some((Target::Column(column.name.to_owned()), Confidence::Sure));
    }
    let of_table = || {
        COLUMNS.iter().filter(|entry| {
            (entry.tables.is_empty() || entry.tables.contains(&def.id))
                && def.column_index(entry.column).is_some()
        })
    };
    let column = |entry: &Synonyms| Target::Column(entry.column.to_owned());
    let metric = METRICS
        .iter()
        .find(|(_, words)| def.id == TableId::Signals && words.contains(&header.as_str()));
    if let Some((metric, _)) = metric {
        return Some((Target::Metric((*metric).to_owned()), Confidence::Sure));
    }
    let strong = of_table().find(|entry| entry.strong.contains(&header.as_str()));
    if let Some(entry) = strong {
        return Some((column(entry), Confidence::Sure));
    }
    let role = ROLES
        .iter()
        .find(|(_, tables, words)| tables.contains(&def.id) && words.contains(&header.as_str()));
    if let Some((target, _, _)) = role {
        return Some((target.clone(), Confidence::Sure));
    }
    let weak = of_table().find(|entry| entry.weak.contains(&header.as_str()));
    weak.map(|entry| (column(entry), Confidence::Likely))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::TABLES;

    #[test]
    fn entries_name_known_columns_in_normal_form() {
        for entry in COLUMNS {
            let mut tables = TABLES
                .iter()
                .filter(|table| entry.tables.is_empty() || entry.tables.contains(&table.id));
            let known = tables.any(|table| table.column_index(entry.column).is_some());
            assert!(known, "{}", entry.column);
            for word in entry.strong.iter().chain(entry.weak) {
                assert_eq!(&normalise_header(word), word, "{}", entry.column);
            }
        }
        let words = METRICS.iter().flat_map(|(_, words)| *words);
        for word in words.chain(ROLES.iter().flat_map(|(_, _, words)| *words)) {
            assert_eq!(&normalise_header(word), word);
        }
    }

    #[test]
    fn headers_are_known_in_both_languages() {
        let stock = &TABLES[Stock.index()];
        for (header, column) in [
            ("商品编码", "sku"),
            ("仓库", "warehouse"),
            ("库存状态", "bucket"),
            ("数量（件）", "quantity"),
            ("批次号", "lot"),
            ("成本价(元)", "unit_cost"),
            ("Stock_Code", "sku"),
            ("ＳＫＵ", "sku"),
        ] {
            let found = target_of(stock, header);
            assert_eq!(
                found,
                Some((Target::Column(column.to_owned()), Confidence::Sure)),
                "{header}"
            );
        }
        assert_eq!(target_of(stock, "随便"), None);
    }
}
