// Maps for tests: a PMTiles file of one tile, and a host of tiles.
import { createServer } from "node:http";
import { crc32, deflateSync } from "node:zlib";

/** The numbers of Protocol Buffers: seven bits a byte, the lowest first. */
function varint(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return [...bytes, value];
}

const packed = (values) => values.flatMap(varint);
const field = (number, content) => {
  const bytes = [...content];
  return [...varint(number * 8 + 2), ...varint(bytes.length), ...bytes];
};

/** A vector tile all of which is water. */
function waterTile() {
  const whole = packed([9, 0, 0, 26, 8192, 0, 0, 8192, 8191, 0, 15]);
  const polygon = [...packed([3 * 8, 3]), ...field(4, whole)];
  const version = packed([15 * 8, 2]);
  const extent = packed([5 * 8, 4096]);
  return field(3, [...version, ...field(1, Buffer.from("water")), ...field(2, polygon), ...extent]);
}

/** A PMTiles file of the whole world in one vector tile, which is water. */
export function worldOfWater(attribution) {
  const tile = waterTile();
  // One entry: the first tile, once, its length, where it begins.
  const directory = packed([1, 0, 1, tile.length, 1]);
  const metadata = Buffer.from(JSON.stringify({ attribution, vector_layers: [{ id: "water" }] }));
  const header = Buffer.alloc(127);
  header.write("PMTiles\x03", "latin1");
  const lengths = [directory.length, metadata.length, 0, tile.length];
  let at = header.length;
  lengths.forEach((length, index) => {
    header.writeBigUInt64LE(BigInt(at), 8 + 16 * index);
    header.writeBigUInt64LE(BigInt(length), 16 + 16 * index);
    at += length;
  });
  // One tile; not packed; shapes; zoom 0 alone.
  for (const place of [72, 80, 88]) header.writeBigUInt64LE(1n, place);
  header.set([1, 1, 1, 1, 0, 0], 96);
  [-180, -85, 180, 85].forEach((degrees, index) => header.writeInt32LE(degrees * 1e7, 102 + 4 * index));
  return Buffer.concat([header, Buffer.from(directory), metadata, Buffer.from(tile)]);
}

/** A picture of one dot of a colour. */
function dot(red, green, blue) {
  const chunk = (name, content) => {
    const body = Buffer.concat([Buffer.from(name), Buffer.from(content)]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]),
    chunk("IDAT", deflateSync(Buffer.from([0, red, green, blue]))),
    chunk("IEND", []),
  ]);
}

/** A host of tiles of one colour. */
export class TileHost {
  static async start(colour) {
    const host = new TileHost();
    const picture = dot(...colour);
    host.server = createServer((_, response) => {
      response.writeHead(200, {
        "access-control-allow-origin": "*",
        "cache-control": "no-store",
        "content-type": "image/png",
      });
      response.end(picture);
    });
    await new Promise((resolve) => host.server.listen(0, "127.0.0.1", resolve));
    host.origin = `http://127.0.0.1:${host.server.address().port}`;
    return host;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
