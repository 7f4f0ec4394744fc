//! Colours, type, buttons, choices, fields, icons.

use crate::i18n::messages::{shell, story};
use crate::i18n::{percent_sign, t, tr};
use crate::ui::{
    Button, ButtonKind, Checkbox, Choice, ICONS, Icon, IconButton, IconView, NumberField, Panel,
    Segment, SegmentedControl, Select, Tab, Tabs, TextField,
};
use leptos::prelude::*;

const SWATCHES: [&str; 29] = [
    "bg",
    "surface",
    "sunken",
    "line",
    "line-2",
    "text",
    "text-2",
    "text-3",
    "accent",
    "sel",
    "good",
    "bad",
    "warn",
    "sc",
    "st-out",
    "st-risk",
    "st-surplus",
    "st-excess",
    "st-new",
    "st-ok",
    "c1",
    "c2",
    "c3",
    "c4",
    "c5",
    "c6",
    "c7",
    "c8",
    "ref",
];
const SIZES: [&str; 6] = ["figure", "title", "object", "body", "dense", "micro"];

#[component]
pub(super) fn Colours() -> impl IntoView {
    let swatch = |name: &'static str| {
        view! {
            <li>
                <span class="swatch" style:background=format!("var(--{name})")></span>
                <span class="micro faint">{name}</span>
            </li>
        }
    };
    view! {
        <Panel title=story::COLOURS>
            <ul class="swatches">{SWATCHES.map(swatch).collect_view()}</ul>
            <h3 class="dim strong">{t(story::TYPE)}</h3>
            {SIZES
                .map(|size| view! { <p class=size>{t(shell::REPLENISH)} " 1,323.0"</p> })
                .collect_view()}
        </Panel>
    }
}

#[component]
pub(super) fn Buttons() -> impl IntoView {
    let ignore = |()| {};
    view! {
        <Panel title=story::BUTTONS>
            <div class="row wrap">
                <Button kind=ButtonKind::Primary icon=Icon::Check label=story::APPROVE on_press=ignore/>
                <Button label=story::EDIT keys="E" on_press=ignore/>
                <Button kind=ButtonKind::Quiet label=story::SKIP on_press=ignore/>
                <Button kind=ButtonKind::Danger label=story::VOID on_press=ignore/>
                <Button label=story::DISABLED disabled=true on_press=ignore/>
                <Button small=true icon=Icon::Download label=story::SAMPLE on_press=ignore/>
                <IconButton icon=Icon::Filter label=story::FILTER on_press=ignore/>
                <IconButton icon=Icon::Table label=story::TABLE pressed=Signal::from(true) on_press=ignore/>
            </div>
        </Panel>
    }
}

#[component]
pub(super) fn Choices() -> impl IntoView {
    let grain = RwSignal::new(1);
    let tab = RwSignal::new(0);
    let place = RwSignal::new(0);
    let risk = RwSignal::new(true);
    view! {
        <Panel title=story::CHOICES>
            <div class="row wrap">
                <SegmentedControl
                    label=story::CHOICES
                    segments=vec![
                        Segment::new(0, story::DAY),
                        Segment::new(1, story::WEEK),
                        Segment::new(2, story::MONTH),
                    ]
                    value=grain
                    on_change=move |value| grain.set(value)
                />
                <Select
                    label=story::WAREHOUSE
                    hide_label=true
                    choices=vec![Choice::new(0, story::EAST), Choice::new(1, story::SOUTH)]
                    value=place
                    on_change=move |value| place.set(value)
                />
                <Checkbox label=story::ONLY_RISK checked=risk on_change=move |value| risk.set(value)/>
            </div>
            <Tabs
                label=story::CHOICES
                tabs=vec![
                    Tab::new(0, story::FORECAST),
                    Tab::new(1, story::FACTORS).with_note("14"),
                    Tab::new(2, story::ACCURACY),
                ]
                value=tab
                on_change=move |value| tab.set(value)
            />
        </Panel>
    }
}

#[component]
pub(super) fn Fields() -> impl IntoView {
    let quantity = RwSignal::new(1_824.0);
    let service = RwSignal::new(97.0);
    let error = move || (quantity.get() < 0.0).then(|| tr(story::NEGATIVE).to_owned());
    view! {
        <Panel title=story::FIELDS>
            <div class="field-row">
                <NumberField
                    label=story::ORDER_QTY
                    unit=story::UNITS
                    value=quantity
                    step=24.0
                    error=Signal::derive(error)
                    on_change=move |value| quantity.set(value)
                />
                <NumberField
                    label=story::SERVICE
                    unit=Signal::derive(|| percent_sign().trim().to_owned())
                    value=service
                    decimals=1
                    step=0.5
                    min=50.0
                    max=99.9
                    on_change=move |value| service.set(value)
                />
                <NumberField
                    label=story::ORDER_QTY
                    unit=story::UNITS
                    value=Signal::from(-24.0)
                    error=Signal::derive(|| Some(tr(story::NEGATIVE).to_owned()))
                    on_change=|_| {}
                />
                <TextField
                    label=story::RULE_FIELD
                    unit=story::RULE
                    value="1,464"
                    read_only=true
                    on_input=|_| {}
                />
            </div>
        </Panel>
    }
}

#[component]
pub(super) fn IconSet() -> impl IntoView {
    let item = |(icon, _): (Icon, &'static str)| view! { <IconView icon/> };
    view! {
        <Panel title=story::ICON_SET>
            <div class="icon-set">{ICONS.map(item).collect_view()}</div>
        </Panel>
    }
}
