namespace BlueEdge.Store.Tests.Channels;

public sealed class SqliteInputTests : InputFacts
{
    private readonly SqliteStores _file = new();

    internal override IStores Make() => StoresOf.Sqlite(_file.Store);

    protected override ValueTask CleanAsync() => _file.DisposeAsync();
}
