using System.Runtime.InteropServices;

namespace BlueEdge.Blobs;

/// <summary>A second name for a file, which costs nothing and keeps the content as long as either name is there.</summary>
internal static partial class HardLink
{
    /// <returns>Whether it could be made: not every file system has such links, and none crosses from one to another.</returns>
    public static bool TryCreate(string path, string to) =>
        OperatingSystem.IsWindows() ? CreateHardLink(to, path, nint.Zero) : Link(path, to) == 0;

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string path, string to);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string to, string path, nint security);
}
