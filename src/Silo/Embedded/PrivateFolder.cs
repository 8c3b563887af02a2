namespace BlueEdge.Silo.Embedded;

/// <summary>A folder that nobody but its owner reads or writes.</summary>
internal static class PrivateFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Makes the folder where it is missing, and takes from others what they may read of it.</summary>
    /// <exception cref="BlueEdgeException">It is another user's, or others may write there: what it holds may be theirs.</exception>
    public static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OwnerOnly);
        if (FileOwner.OfOther(path) is { } owner)
        {
            throw new BlueEdgeException(
                $"The folder {path} belongs to another user, with the number {owner}. Have this user own it (chown), or set BlueEdge:DataPath (BlueEdge__DataPath) to another folder.");
        }

        var mode = File.GetUnixFileMode(path);
        if ((mode & OthersWrite) != UnixFileMode.None)
        {
            throw new BlueEdgeException(
                $"Others than its owner may write in the folder {path}. Look whether what it holds is yours, then chmod 700 it, or set BlueEdge:DataPath (BlueEdge__DataPath) to another folder, such as a new one in it.");
        }

        if (mode != OwnerOnly)
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }
    }
}
