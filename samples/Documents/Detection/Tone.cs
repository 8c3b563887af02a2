namespace BlueEdge.Samples.Documents.Detection;

/// <summary>What the neighbourhood of a place looks like.</summary>
/// <param name="DarkerThan">Below this brightness a pixel is dark ink.</param>
/// <param name="LighterThan">Above this brightness a pixel is light ink.</param>
/// <param name="Evenness">The share of pixels that have about the commonest brightness: high on paper, low in a photograph.</param>
internal sealed record Tone(int DarkerThan, int LighterThan, double Evenness);
