using BlueEdge.Bench.Parcels;

namespace BlueEdge.Driver.Subjects;

/// <summary>What a turn of moving parcels gave.</summary>
/// <param name="Report">What the reader found.</param>
/// <param name="CpuSeconds">What writer, reader and those between took of the processors; not the broker.</param>
internal sealed record ParcelTurn(ParcelReport Report, double CpuSeconds)
{
    /// <summary>Their processor time for an item.</summary>
    public double CpuMillisecondsEach => CpuSeconds * 1000 / Report.Items;
}
