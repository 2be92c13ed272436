import { generic58 } from "./models/generic-58.ts";
import { generic80 } from "./models/generic-80.ts";
import type { PrinterModel } from "./printer-model.ts";

/** Every model the till knows, in the order it offers them. Adding one is one data file and its name here. */
export const printerModels: readonly PrinterModel[] = [generic80, generic58];

/** The model with this id, or undefined. */
export function printerModel(id: string): PrinterModel | undefined {
  return printerModels.find((model) => model.id === id);
}
