import { recall, remember } from "./remember";

function isWidth({ min, max }: { min: number; max: number }) {
  return (value: unknown): value is number =>
    typeof value === "number" && value >= min && value <= max;
}

/** The widths of the panes, kept from one start to the next. */
export class Widths {
  static readonly SIDEBAR = { min: 160, max: 360 } as const;
  static readonly LIST = { min: 280, max: 640 } as const;

  sidebar = $state(recall("sidebar", isWidth(Widths.SIDEBAR), 220));
  list = $state(recall("list", isWidth(Widths.LIST), 400));

  setSidebar(width: number): void {
    this.sidebar = width;
    remember("sidebar", width);
  }

  setList(width: number): void {
    this.list = width;
    remember("list", width);
  }
}
