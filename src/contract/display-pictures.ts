import * as z from "zod/mini";
import { hashField } from "./fields.ts";
import { picturesMax } from "./picture-paths.ts";

/** What is at `picturesPath`: SHA-256 of each picture (hexadecimal), in the order they are shown in. */
export const displayPictures = z.object({
  v: z.literal(1),
  pictures: z.array(hashField).check(z.maxLength(picturesMax)),
});
export type DisplayPictures = z.infer<typeof displayPictures>;
