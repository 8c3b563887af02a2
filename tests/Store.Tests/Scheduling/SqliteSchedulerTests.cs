namespace BlueEdge.Store.Tests.Scheduling;

public sealed class SqliteSchedulerTests : SchedulerFacts
{
    private readonly SqliteStores _file = new();

    internal override IStores Make() => StoresOf.Sqlite(_file.Store);

    protected override ValueTask CleanAsync() => _file.DisposeAsync();
}
