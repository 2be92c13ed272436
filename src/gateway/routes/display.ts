import * as z from "zod/mini";
import type { DisplayPictures } from "../../contract/display-pictures.ts";
import { hashField } from "../../contract/fields.ts";
import { picturePath, picturesPath } from "../../contract/picture-paths.ts";
import type { GatewayParts } from "../parts.ts";
import { pictureFolder } from "../pictures/picture-folder.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

const open = { config: { who: { access: "open", host: "till" } } } as const;
const byHash = { ...open, schema: { params: z.object({ hash: hashField }) } } as const;
/** Whatever a file should turn out to be, in the till's own origin it loads and runs nothing. */
const nothingFromIt = "default-src 'none'; sandbox";

/** What the customer's window shows while nobody is served. The pictures hang in a shop for everyone: nobody is asked who they are. */
export function displayRoutes(server: GatewayServer, parts: GatewayParts): void {
  const folder = pictureFolder(parts);

  server.get(picturesPath, open, async (): Promise<DisplayPictures> => ({
    v: 1,
    pictures: [...(await folder.hashes())],
  }));

  server.get(picturePath(":hash"), byHash, async (request, reply) => {
    const picture = await folder.picture(request.params.hash);
    if (picture === null) return problem(reply, "notFound", "The shop shows no such picture.");
    return reply
      .type(picture.type)
      .header("content-security-policy", nothingFromIt)
      .header("cache-control", "public, max-age=31536000, immutable")
      .send(picture.bytes);
  });
}
