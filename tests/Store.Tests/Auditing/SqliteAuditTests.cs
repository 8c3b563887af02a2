namespace BlueEdge.Store.Tests.Auditing;

public sealed class SqliteAuditTests : AuditFacts
{
    private readonly SqliteStores _file = new();

    internal override IStores Make() => StoresOf.Sqlite(_file.Store);

    protected override ValueTask CleanAsync() => _file.DisposeAsync();
}
