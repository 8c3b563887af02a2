namespace BlueEdge.Store.Tests.Sessions;

public sealed class SqliteSessionListTests : SessionListFacts
{
    private readonly SqliteStores _file = new();

    internal override IStores Make() => StoresOf.Sqlite(_file.Store);

    protected override ValueTask CleanAsync() => _file.DisposeAsync();
}
