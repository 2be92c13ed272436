import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files of minutes. Begun last, one of them would run alone while the other worker has nothing left to do. */
const longFiles = ["office/mended-days.test.ts", "story/story.test.ts", "till/look.test.ts"];

/** The long files first, longest before the others; all else in the runner's own order. */
export class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = longFiles.findIndex((file) => moduleId.endsWith(file));
      return found < 0 ? longFiles.length : found;
    };
    // oxlint-disable-next-line no-array-sort -- the runner's own method, no array's
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other));
  }
}
