using BlueEdge.Storage;
using Microsoft.Data.Sqlite;

namespace BlueEdge.Store.Sqlite.Storage;

/// <summary>What SQLite throws, as callers understand it, and as it can cross grain calls.</summary>
internal static class SqliteErrors
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int NoMemory = 7;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>Whether it says something of the file or the machine, not of the statement: what else is in the transaction fails with it.</summary>
    public static bool IsOfTheStore(this SqliteException error) => error.SqliteErrorCode
        is Busy or Locked or NoMemory or ReadOnly or InputOutput or Corrupt or Full or CannotOpen or NotADatabase;

    public static StoreUnavailableException Translate(this SqliteException error, string path) =>
        new($"The embedded store {path} cannot be used now: {Explain(error)} What was accepted is kept.", error);

    /// <summary>What is wrong and what to do.</summary>
    public static string Explain(this SqliteException error) => error.SqliteErrorCode switch
    {
        Full => "there is no room left on its disk. Make room; it goes on by itself.",
        ReadOnly => "its file cannot be written. Have this user write there, and look whether the disk was mounted read-only.",
        Corrupt or NotADatabase => "its file is damaged. Stop the process, and put back a copy of the folder, or set BlueEdge:DataPath (BlueEdge__DataPath) to another one.",
        Busy or Locked => "another process holds its file for long. Look who else has it open.",
        InputOutput => $"its disk failed ({error.Message.TrimEnd('.')}). Look at the disk, its room and its quota.",
        CannotOpen => "its file cannot be opened. Look whether it is there, and whether this user may read and write it.",
        _ => $"{error.Message.TrimEnd('.')}.",
    };
}
