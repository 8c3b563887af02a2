using BlueEdge.Store.Sqlite.Storage;

namespace BlueEdge.Store.Tests;

/// <summary>Makes the embedded mode's form, in a folder of its own.</summary>
internal sealed class SqliteStores : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("blueedge-store-").FullName;

    public SqliteStores() => Store = SqliteStore.Open(Path, StoreDurability.Process);

    public string Path => System.IO.Path.Combine(_folder, "store.db");

    public SqliteStore Store { get; private set; }

    /// <summary>Closes the file and opens it again.</summary>
    public void Reopen()
    {
        Store.Dispose();
        Store = SqliteStore.Open(Path, StoreDurability.Process);
    }

    public ValueTask DisposeAsync()
    {
        Store.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
