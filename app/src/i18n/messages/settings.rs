//! Settings (设置).

super::messages! {
    LOOK: "外观", "Look";
    THEME: "主题", "Theme";
    THEME_SYSTEM: "随系统", "System";
    THEME_LIGHT: "浅色", "Light";
    THEME_DARK: "深色", "Dark";
    DENSITY: "密度", "Density";
    COMPACT: "紧凑", "Compact";
    DEFAULT: "默认", "Default";
    COMFORTABLE: "宽松", "Comfortable";
    LANGUAGE: "语言", "Language";
}
