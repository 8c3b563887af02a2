import { drawFilm } from "./film.js";
import { Meter } from "./meter.js";
import { Pipeline } from "./pipeline.js";

const framePeriod = 40;

/** What comes back is kept until the session expires: the film ends. In milliseconds. */
const filmLength = 240_000;

const element = id => document.getElementById(id);
const source = element("in");
const result = element("out").getContext("2d");

/** A camera's picture where one is asked for, there and allowed; else the film's. */
async function openSource() {
  if (element("source").value !== "camera") {
    return { draw: number => drawFilm(source, number), close: () => {} };
  }

  const stream = await navigator.mediaDevices.getUserMedia({ video: { width: source.width, height: source.height } });
  const video = document.createElement("video");
  video.srcObject = stream;
  await video.play();
  return {
    draw: () => source.getContext("2d").drawImage(video, 0, 0, source.width, source.height),
    close: () => stream.getTracks().forEach(track => track.stop()),
  };
}

const encoded = () => new Promise(resolve => source.toBlob(resolve, "image/jpeg", 0.8));
const tick = () => new Promise(resolve => setTimeout(resolve, framePeriod));

let stopping;

async function run() {
  const stop = (stopping = new AbortController());
  const meter = new Meter();
  const say = text => (element("status").value = text);
  element("toggle").textContent = "Stop";
  let pictures;
  try {
    pictures = await openSource();
    const pipeline = await Pipeline.start();
    say(`session ${pipeline.id}`);
    const ended = pipeline
      .listen((picture, began) => {
        result.drawImage(picture, 0, 0);
        picture.close();
        meter.add(performance.now(), began);
        show(meter, pipeline);
      })
      .finally(() => stop.abort());
    ended.catch(() => {});

    // What a write fails by is told by what ends the session, or, where nothing does, below.
    let failure;
    const over = performance.now() + filmLength;
    for (let number = 0; !stop.signal.aborted && performance.now() < over; await tick()) {
      if (pipeline.hasRoom) {
        const began = performance.now();
        pictures.draw(number++);
        pipeline.write(await encoded(), began).catch(error => {
          failure = error;
          stop.abort();
        });
      }
    }

    await pipeline.end().catch(error => (failure ??= error));
    const process = await ended;
    say(`session ${pipeline.id}: ${process.status}${process.reason ? `, ${process.reason}` : ""}${process.status === "finished" && failure ? `, ${failure.message}` : ""}`);
  } catch (error) {
    say(String(error.message ?? error));
  } finally {
    stop.abort();
    pictures?.close();
    element("toggle").textContent = "Start";
  }
}

function show(meter, pipeline) {
  element("rate").textContent = meter.rate.toFixed(1);
  element("median").textContent = `${meter.latency(0.5).toFixed(0)} ms`;
  element("slow").textContent = `${meter.latency(0.95).toFixed(0)} ms`;
  element("shown").textContent = meter.count;
  element("underway").textContent = pipeline.underWay;
}

element("toggle").addEventListener("click", () => (stopping.signal.aborted ? run() : stopping.abort()));
run();
