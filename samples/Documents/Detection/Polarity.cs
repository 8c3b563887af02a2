namespace BlueEdge.Samples.Documents.Detection;

internal enum Polarity
{
    DarkOnLight,
    LightOnDark,
}
