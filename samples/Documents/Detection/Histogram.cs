namespace BlueEdge.Samples.Documents.Detection;

/// <summary>How often each brightness occurs, in steps of four.</summary>
internal sealed class Histogram
{
    private const int Step = 4;
    private const int Bins = 256 / Step;

    // The least difference from the paper that counts as ink, with no noise and with much of it.
    private const int MinContrast = 20;
    private const int MaxNoiseMargin = 40;

    // Paper with its noise lies within so many steps of its commonest brightness.
    private const int PaperSpread = 3;

    private readonly int[] _counts = new int[Bins];
    private int _total;

    public void Count(byte brightness)
    {
        _counts[brightness / Step]++;
        _total++;
    }

    public void Add(Histogram other)
    {
        for (var bin = 0; bin < Bins; bin++)
        {
            _counts[bin] += other._counts[bin];
        }

        _total += other._total;
    }

    /// <summary>
    /// The median is the paper. Ink is what stands off by a third of the strongest contrast around, and by more
    /// than the noise; the noise is measured on the side where that ink cannot be.
    /// </summary>
    public Tone ToTone()
    {
        var paper = Quantile(0.5);
        return new Tone(
            paper - Margin(paper - Quantile(0.005), Quantile(0.84) - paper),
            paper + Margin(Quantile(0.995) - paper, paper - Quantile(0.16)),
            Evenness());
    }

    private static int Margin(int contrast, int noise) =>
        Math.Max(Math.Max(MinContrast, Math.Min(MaxNoiseMargin, 5 * noise)), contrast * 35 / 100);

    private int Quantile(double share)
    {
        var rest = (int)(share * _total);
        var bin = 0;
        while (bin < Bins - 1 && rest >= _counts[bin])
        {
            rest -= _counts[bin++];
        }

        return (bin * Step) + (Step / 2);
    }

    private double Evenness()
    {
        var mode = 0;
        for (var bin = 1; bin < Bins; bin++)
        {
            mode = _counts[bin] > _counts[mode] ? bin : mode;
        }

        var from = Math.Max(0, mode - PaperSpread);
        var to = Math.Min(Bins, mode + PaperSpread + 1);
        return _counts[from..to].Sum() / (double)Math.Max(1, _total);
    }
}
