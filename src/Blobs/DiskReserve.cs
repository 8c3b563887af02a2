namespace BlueEdge.Blobs;

/// <summary>
/// The room on the volume of a folder that blobs leave to others, above all to the store, which takes nothing any more once the
/// disk is full.
/// </summary>
internal sealed class DiskReserve(string folder, long? bytes)
{
    private const long Most = 512 * 1024 * 1024;
    private const int Share = 20;

    /// <summary>What keeps the volume from taking so many bytes more, as a sentence, or <see langword="null"/>.</summary>
    public string? FindLack(long more)
    {
        try
        {
            // Any folder names its volume, but on Windows.
            var volume = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(Path.GetFullPath(folder))! : folder); // It is a full path.
            var reserve = bytes ?? Math.Min(volume.TotalSize / Share, Most);
            return volume.AvailableFreeSpace - more >= reserve ? null : string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"The volume of the blobs has {volume.AvailableFreeSpace:N0} bytes left, and they leave {reserve:N0} free (BlueEdge:Blobs:ReserveBytes). Make room there, or delete uploads.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Where it cannot be told the write says itself what is the matter.
            return null;
        }
    }
}
