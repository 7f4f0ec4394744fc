//! The encoding corpus of IN-02: usual words of Chinese exports in every encoding.

use encoding_rs::{BIG5, GB18030, SHIFT_JIS};

use super::{Encoding, EncodingDetector, Locale, decode_sample};

/// Headers and cells as Chinese systems export them.
const FILES: [&str; 24] = [
    "商品编码,商品名称,仓库,数量\nA01,婴儿奶粉一段,上海仓,120\n",
    "平台,状态,数量\n天猫,已发货,3\n",
    "货号\t品名\t库存\nB-2\t纸尿裤\t88\n",
    "订单号;下单时间;实付金额\n1001;2026-11-11 00:00:03;¥199.00\n",
    "日期,渠道,区域,销量\n2026年1月2日,抖音,华东,15\n",
    "供应商,交期,起订量\n杭州某某食品有限公司,14,100\n",
    "仓库,良品,残次,冻结\n广州仓,500,3,20\n",
    "退货单号,原因\nR1,七天无理由退货\n",
    "店铺名称,订单状态\n旗舰店,交易成功\n",
    "条码,规格,单位\n6901234567890,900克/罐,罐\n",
    "类目,上级类目\n奶粉,母婴\n",
    "关键词,搜索指数\n婴儿湿巾,3021\n",
    "名称\n安抚奶嘴\n",
    "备注\n客户要求周五前送达，请提前联系。\n",
    "地区,省份\n西南,四川\n",
    "盘点单号,账面数量,实盘数量\nPD1,10,9\n",
    "采购单号,预计到货日期\nPO1,2026/12/1\n",
    "品牌,系列\n压舱石,基础款\n",
    "批次号,有效期至\nL1,2027-05-01\n",
    "活动,开始日期,结束日期\n双十一,2026-11-01,2026-11-11\n",
    "会员,消费金额\n张三,1,200.50\n",
    "快递公司,运单号\n顺丰速运,SF123\n",
    "调出仓,调入仓,数量\n成都仓,西安仓,60\n",
    "库存状态,数量\n待检,5\n",
];

/// Traditional Chinese and Japanese files of the same kind.
const TRADITIONAL: [&str; 3] = [
    "商品編號,商品名稱,倉庫,數量\nA01,嬰兒奶粉,臺北倉,120\n",
    "訂單編號,出貨狀態,備註\n1001,已經寄出,請於週五前送達\n",
    "供應商,預計到貨日期\n臺灣某某股份有限公司,2026/12/1\n",
];
const JAPANESE: [&str; 2] = [
    "商品コード,倉庫,数量\nA01,東京センター,120\n",
    "品番,カテゴリ,メモ\nB2,ベビーフード,在庫あり\n",
];

fn detect(bytes: &[u8]) -> Option<Encoding> {
    let mut detector = EncodingDetector::new(Locale::Zh);
    detector.push(bytes);
    detector.finish(true).map(|found| found.encoding)
}

/// A text in every encoding a Chinese system writes, with and without byte order marks.
fn spellings(text: &str) -> Vec<(Encoding, Vec<u8>)> {
    let utf16 = |mark: &str, to_bytes: fn(u16) -> [u8; 2]| {
        format!("{mark}{text}")
            .encode_utf16()
            .flat_map(to_bytes)
            .collect::<Vec<u8>>()
    };
    vec![
        (Encoding::Utf8, text.as_bytes().to_vec()),
        (Encoding::Utf8, format!("\u{feff}{text}").into_bytes()),
        (Encoding::Gb18030, GB18030.encode(text).0.into_owned()),
        // A character that only four bytes of GB18030 spell.
        (
            Encoding::Gb18030,
            GB18030.encode(&format!("{text}𠮷㐀\n")).0.into_owned(),
        ),
        (Encoding::Utf16le, utf16("\u{feff}", u16::to_le_bytes)),
        (Encoding::Utf16be, utf16("\u{feff}", u16::to_be_bytes)),
        (Encoding::Utf16le, utf16("", u16::to_le_bytes)),
        (Encoding::Utf16be, utf16("", u16::to_be_bytes)),
        // The header alone, as short as files get.
        (
            Encoding::Gb18030,
            GB18030
                .encode(text.lines().next().unwrap_or(text))
                .0
                .into_owned(),
        ),
    ]
}

#[test]
fn in02_the_chinese_corpus_is_told_apart_and_nothing_is_replaced() {
    let corpus: Vec<_> = FILES.iter().flat_map(|text| spellings(text)).collect();
    assert!(corpus.len() >= 200, "{}", corpus.len());
    let mut wrong = Vec::new();
    for (encoding, bytes) in &corpus {
        let found = detect(bytes);
        if found != Some(*encoding) {
            wrong.push((
                *encoding,
                found,
                String::from_utf8_lossy(bytes).into_owned(),
            ));
        }
        let text = decode_sample(bytes, *encoding, true);
        assert!(text.is_ok_and(|text| !text.contains('\u{fffd}')));
    }
    assert!(wrong.len() * 100 <= corpus.len(), "{wrong:?}");
}

#[test]
fn in02_neighbours_are_proposed_not_garbled() {
    let big5 = TRADITIONAL.map(|text| (Encoding::Big5, BIG5.encode(text).0.into_owned()));
    let japanese = JAPANESE.map(|text| (Encoding::ShiftJis, SHIFT_JIS.encode(text).0.into_owned()));
    for (encoding, bytes) in big5.iter().chain(&japanese) {
        assert_eq!(detect(bytes), Some(*encoding), "{}", encoding.as_str());
    }
}
