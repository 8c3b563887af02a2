import { BlueEdge } from "./blueedge-client.js";

/** How many frames are on their way at once: beyond that none is drawn, so that a slow machine shows fewer, and not later ones. */
const mostUnderWay = 8;

/** Where the page does not end the session, the server does. */
const longestSeconds = 300;

/** A session that pictures are written into one by one, and that tells what becomes of each. */
export class Pipeline {
  #blueedge;
  #writer;
  #began = [];
  #back = 0;

  constructor(blueedge, id) {
    this.#blueedge = blueedge;
    this.#writer = blueedge.write(id, "Frames");
    this.id = id;
  }

  static async start() {
    const blueedge = new BlueEdge();
    const { id } = await blueedge.submit({
      dataChannels: [
        { name: "Frames", type: "Image", external: "in", writerTimeoutSeconds: 10 },
        { name: "Grey", type: "Image" },
        { name: "Edges", type: "Image", interested: true, external: "out" },
      ],
      engines: [
        { id: "image-grey", inputs: [{ name: "In", linkTo: "Frames" }], outputs: [{ name: "Out", linkTo: "Grey" }] },
        { id: "image-edges", inputs: [{ name: "In", linkTo: "Grey" }], outputs: [{ name: "Out", linkTo: "Edges" }] },
      ],
      maxDurationSeconds: longestSeconds,
    });
    return new Pipeline(blueedge, id);
  }

  get underWay() {
    return this.#began.length;
  }

  get hasRoom() {
    return this.#began.length < mostUnderWay;
  }

  /** Writes a frame that was drawn at `began`; resolves when the server has it. */
  write(picture, began) {
    this.#began.push(began);
    return this.#writer.send(picture);
  }

  end() {
    return this.#writer.end();
  }

  /** Each picture that comes back, and when its frame was drawn, to the session's end, which it gives. */
  async listen(show) {
    let before = Promise.resolve();
    for await (const message of this.#blueedge.listen(this.id, "Edges")) {
      if (message.type === "end") {
        await before;
        return message.process;
      }

      if (message.type !== "item" || message.offset !== this.#back++) {
        throw new Error(`There came '${message.type}' ${message.offset ?? ""} where frame ${this.#back - 1} was to come.`);
      }

      // Several are fetched at once, and shown one after the other.
      const picture = message.bytes().then(bytes => createImageBitmap(new Blob([bytes], { type: message.mediaType })));
      const former = before;
      before = Promise.all([picture, former]).then(([ready]) => show(ready, this.#began.shift()));
      before.catch(() => {});
      await former;
    }
  }
}
