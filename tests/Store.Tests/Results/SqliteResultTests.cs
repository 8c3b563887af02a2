namespace BlueEdge.Store.Tests.Results;

public sealed class SqliteResultTests : ResultFacts
{
    private readonly SqliteStores _file = new();

    internal override IStores Make() => StoresOf.Sqlite(_file.Store);

    protected override ValueTask CleanAsync() => _file.DisposeAsync();
}
