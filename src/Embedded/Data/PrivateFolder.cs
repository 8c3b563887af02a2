namespace BlueEdge.Embedded.Data;

/// <summary>A folder that nobody but its owner reads or writes.</summary>
internal static class PrivateFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode Access = (UnixFileMode)0b111_111_111;
    private const string Remedy = "or set BlueEdge:DataPath (BlueEdge__DataPath) to another folder, such as a new one in it.";

    /// <summary>Makes the folder where it is missing, and takes from others what they may do there.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="isUsed">Whether we use what is in it under this name.</param>
    /// <returns>What its user should know, or <see langword="null"/>: others could write there until now.</returns>
    /// <exception cref="BlueEdgeException">It is another user's, or holds a file of another user's that we would use.</exception>
    public static string? Make(string path, Func<string, bool> isUsed)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return null;
        }

        Directory.CreateDirectory(path, OwnerOnly);
        if (FileOwner.OfOther(path) is { } owner)
        {
            throw new BlueEdgeException($"The folder {path} belongs to another user, with the number {owner}. Have this user own it (chown), {Remedy}");
        }

        var mode = File.GetUnixFileMode(path);
        if (mode == OwnerOnly)
        {
            return null;
        }

        // Before looking into it, so that nothing comes meanwhile.
        File.SetUnixFileMode(path, OwnerOnly);
        if ((mode & OthersWrite) == UnixFileMode.None)
        {
            return null;
        }

        foreach (var entry in Directory.EnumerateFileSystemEntries(path))
        {
            if (isUsed(Path.GetFileName(entry)) && FileOwner.OfOther(entry, isLinkFollowed: false) is { } writer)
            {
                throw new BlueEdgeException(
                    $"Others could write in the folder {path}, and {entry} belongs to another user, with the number {writer}. Look what it is, and move it away or have this user own it (chown), {Remedy}");
            }
        }

        return $"Others could write in the folder {path} (mode {Convert.ToString((int)(mode & Access), 8)}), as in a volume that is mounted for everybody; it is its owner's alone now (700).";
    }
}
