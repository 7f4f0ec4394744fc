//! The tables of a dataset, by the name of their file.

super::messages! {
    COMPANY: "企业", "Company";
    CATEGORIES: "类目", "Categories";
    SKUS: "商品", "SKUs";
    CHANNELS: "渠道", "Channels";
    REGIONS: "区域", "Regions";
    WAREHOUSES: "仓库", "Warehouses";
    SERVES: "覆盖关系", "Who serves whom";
    LANES: "调拨线路", "Lanes";
    SUPPLIERS: "供应商", "Suppliers";
    SOURCING: "采购条件", "Sourcing";
    DEMAND: "需求", "Demand";
    STOCK: "库存", "Stock";
    STOCK_DAILY: "每日库存", "Daily stock";
    MOVEMENTS: "库存流水", "Movements";
    OPEN_ORDERS: "未结订单", "Open orders";
    SALES_ORDERS: "销售订单", "Sales orders";
    RETURNS: "退货", "Returns";
    COUNTS: "盘点", "Counts";
    EVENTS: "事件", "Events";
    PROMOS: "促销", "Promotions";
    POOLS: "活动库存池", "Pools";
    LIMITS: "限购", "Limits";
    POLICIES: "补货策略", "Policies";
    SIGNALS: "信号", "Signals";
    KEYWORDS: "关键词", "Keywords";
    CAMPAIGNS: "投放", "Campaigns";
    CAMPAIGN_DAYS: "投放日报", "Campaign days";
    LEADS: "商机", "Leads";
    CASH: "现金", "Cash";
    FX: "汇率", "Exchange rates";
    ACCOUNTS: "科目", "Accounts";
}
