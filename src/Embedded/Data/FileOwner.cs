using System.Runtime.InteropServices;

namespace BlueEdge.Embedded.Data;

/// <summary>Whose a file is, which .NET does not tell.</summary>
internal static partial class FileOwner
{
    private const int CurrentFolder = -100;
    private const int OfLinkItself = 0x100;
    private const uint WantsOwner = 0x8;

    /// <summary>Where the owner stands in what statx answers with.</summary>
    private const int OwnerOffset = 20;

    /// <summary>The number of the owner where that is another user than this process's; elsewhere than on Linux nobody knows.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="isLinkFollowed">Whether a link is asked for what it leads to.</param>
    public static uint? OfOther(string path, bool isLinkFollowed = true)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        Span<byte> answer = stackalloc byte[256];
        if (StatX(CurrentFolder, path, isLinkFollowed ? 0 : OfLinkItself, WantsOwner, answer) != 0)
        {
            throw new IOException($"The owner of {path} cannot be found out: {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        var owner = MemoryMarshal.Read<uint>(answer[OwnerOffset..]);
        return owner == EffectiveUser() ? null : owner;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int folder, string path, int flags, uint mask, Span<byte> answer);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint EffectiveUser();
}
