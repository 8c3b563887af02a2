namespace BlueEdge.Samples.Documents.Detection;

internal static class InkRuns
{
    /// <summary>Adds a row's runs of ink from left to right.</summary>
    public static void Find(ReadOnlySpan<byte> pixels, ReadOnlySpan<Tone> tones, Polarity polarity, List<InkRun> runs)
    {
        var start = -1;
        for (var from = 0; from < pixels.Length; from += ToneGrid.Cell)
        {
            // Ink is one range of brightness for each cell; one unsigned comparison tests it.
            var tone = tones[from / ToneGrid.Cell];
            var (low, high) = polarity == Polarity.DarkOnLight ? (0, tone.DarkerThan) : (tone.LighterThan + 1, 256);
            var range = (uint)Math.Max(0, high - low);
            var to = Math.Min(pixels.Length, from + ToneGrid.Cell);
            for (var x = from; x < to; x++)
            {
                var isInk = (uint)(pixels[x] - low) < range;
                if (isInk == start >= 0)
                {
                    continue;
                }

                if (!isInk)
                {
                    runs.Add(new InkRun(start, x));
                }

                start = isInk ? x : -1;
            }
        }

        if (start >= 0)
        {
            runs.Add(new InkRun(start, pixels.Length));
        }
    }
}
