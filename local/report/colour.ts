import { COMPONENTS } from "../../contract/parts";

/** Colours of components in `page.css`, which come over again where there are more components. */
const COLOURS = 8;

/** The class, and the custom property after `--`, of a component's colour: it goes by the place of the component. */
export const colourOf = (component: string): string =>
  `component${1 + (COMPONENTS.findIndex((one) => one === component) % COLOURS)}`;
