namespace BlueEdge.Bench.Parcels;

/// <summary>Which parcels are to be written.</summary>
/// <param name="Items">How many.</param>
/// <param name="Bytes">How long each is.</param>
/// <param name="PerSecond">At which pace; with 0 each follows as soon as there is room for it.</param>
internal sealed record ParcelOrder(int Items, int Bytes, double PerSecond)
{
    public async Task WriteAsync(TimeProvider clock, Func<byte[], ValueTask> write, CancellationToken cancellationToken)
    {
        using var timer = PerSecond > 0 ? new PeriodicTimer(TimeSpan.FromSeconds(1 / PerSecond), clock) : null;
        for (var number = 0; number < Items; number++)
        {
            if (timer is not null)
            {
                await timer.WaitForNextTickAsync(cancellationToken);
            }

            await write(new Parcel(number, clock.GetTimestamp()).Pack(Bytes));
        }
    }
}
