/** Draws the film's frame of a number: the same number, the same picture. */
export function drawFilm(canvas, number) {
  const { width, height } = canvas;
  const context = canvas.getContext("2d");
  const seconds = number / 25;

  context.fillStyle = "#f2e8cf";
  context.fillRect(0, 0, width, height);
  context.fillStyle = "#a7c957";
  context.fillRect(0, height * 0.8, width, height * 0.2);

  context.fillStyle = "#f4a259";
  context.beginPath();
  context.arc(width * (0.5 + 0.35 * Math.cos(seconds)), height * (0.35 + 0.15 * Math.sin(2 * seconds)), 56, 0, 2 * Math.PI);
  context.fill();

  context.save();
  context.translate(width * (0.5 - 0.3 * Math.cos(seconds / 2)), height * 0.62);
  context.rotate(seconds);
  context.fillStyle = "#6a4c93";
  context.fillRect(-60, -60, 120, 120);
  context.restore();

  context.fillStyle = "#386641";
  context.font = "bold 36px sans-serif";
  context.fillText(`frame ${number}`, 24, height - 32);
}
