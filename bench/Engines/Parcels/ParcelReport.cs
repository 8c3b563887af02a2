namespace BlueEdge.Bench.Parcels;

/// <summary>What a reader of parcels found; all but the number without the first tenth.</summary>
/// <param name="Items">How many came, each in its turn.</param>
/// <param name="Bytes">How long each was.</param>
/// <param name="PerSecond">How many a second.</param>
/// <param name="P50">How long half of them were under way at most, in ms.</param>
/// <param name="P99">How long 99 of 100 were, in ms.</param>
internal sealed record ParcelReport(int Items, int Bytes, double PerSecond, double P50, double P99);
