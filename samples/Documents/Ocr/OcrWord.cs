namespace BlueEdge.Samples.Documents.Ocr;

/// <summary>A word and where it stands, in pixels from the picture's upper left corner; the confidence is 0 (a guess) to 100 (certain).</summary>
internal sealed record OcrWord(string Text, double Confidence, int X, int Y, int Width, int Height)
{
    /// <inheritdoc cref="OcrText.TurnedBack"/>
    public OcrWord TurnedBack(int degrees, int width, int height) => degrees switch
    {
        90 => this with { X = Y, Y = height - X - Width, Width = Height, Height = Width },
        180 => this with { X = width - X - Width, Y = height - Y - Height },
        270 => this with { X = width - Y - Height, Y = X, Width = Height, Height = Width },
        _ => this,
    };
}
