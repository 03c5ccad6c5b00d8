import { createTheme, type MantineColorsTuple } from "@mantine/core";

const petrol: MantineColorsTuple = [
  "#e9f5f6", "#d5e9eb", "#aad3d8", "#7bbcc4", "#56a9b3", "#3d9ca8", "#2b8e9b", "#107380", "#0b616c", "#054f58",
];
const leaf: MantineColorsTuple = [
  "#ebf6ef", "#d8eadf", "#afd5be", "#83bf9b", "#5eac7d", "#46a069", "#35925a", "#1d7545", "#146239", "#094f2b",
];
const brick: MantineColorsTuple = [
  "#fbeeeb", "#f3d9d4", "#e7b0a7", "#dc8577", "#d2604f", "#cc4836", "#c13c2a", "#a93022", "#8f271b", "#741d13",
];
const amber: MantineColorsTuple = [
  "#fdf4e3", "#f8e6c6", "#efcc90", "#e6b157", "#de9a2b", "#d48c14", "#b8760a", "#8f5b06", "#774b04", "#5f3b02",
];
const gray: MantineColorsTuple = [
  "#faf9f7", "#f3f1ed", "#e8e5df", "#dcd8d0", "#c6c1b7", "#a8a398", "#858076", "#66625a", "#45423c", "#23211d",
];
const dark: MantineColorsTuple = [
  "#e9e7e1", "#c9c6be", "#a6a299", "#77736b", "#45433e", "#363430", "#282724", "#1f1e1c", "#181716", "#111110",
];

/** The Studio's look: warm greys, one petrol for what can be touched, colours that mean a decision. */
export const theme = createTheme({
  colors: { petrol, leaf, brick, amber, gray, dark },
  primaryColor: "petrol",
  primaryShade: { light: 7, dark: 7 },
  black: "#23211d",
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Code', 'DejaVu Sans Mono', monospace",
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: "620" },
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  defaultRadius: "md",
  radius: { xs: "3px", sm: "5px", md: "7px", lg: "10px", xl: "16px" },
  cursorType: "pointer",
  focusRing: "auto",
  components: {
    Button: { defaultProps: { size: "sm" } },
    TextInput: { defaultProps: { size: "sm" } },
    Textarea: { defaultProps: { size: "sm", autosize: true, minRows: 2, maxRows: 12 } },
    Select: { defaultProps: { size: "sm", allowDeselect: false, checkIconPosition: "right" } },
    NumberInput: { defaultProps: { size: "sm" } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.45 } }, styles: { content: { background: "var(--st-panel)" }, header: { background: "var(--st-panel)" }, title: { fontSize: "1rem", fontWeight: 620 } } },
  },
});
