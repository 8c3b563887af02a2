using BlueEdge.Storage;

namespace BlueEdge.Store.Sqlite.Storage;

/// <summary>What one caller has done in a transaction.</summary>
internal abstract class SqliteOperation
{
    /// <summary>Runs it; again where the transaction could not be written.</summary>
    public abstract void Run(SqliteSession session);

    /// <summary>It failed by itself, and is undone.</summary>
    public abstract void Fail(Exception error);

    /// <summary>Its transaction is written.</summary>
    public abstract void Commit();

    /// <summary>Its transaction is not.</summary>
    public abstract void Refuse(StoreUnavailableException failure);

    /// <summary>Tells the caller what became of it.</summary>
    public abstract void Answer();
}
