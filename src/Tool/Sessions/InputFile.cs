using BlueEdge.Tool.CommandLine;

namespace BlueEdge.Tool.Sessions;

/// <summary>A file that somebody named on the command line.</summary>
internal static class InputFile
{
    /// <summary>Stands for stdin.</summary>
    public const string StandardInput = "-";

    /// <exception cref="ToolException">It cannot be read.</exception>
    public static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            if (path is not StandardInput)
            {
                return await File.ReadAllBytesAsync(path, cancellationToken);
            }

            await using var input = Console.OpenStandardInput();
            using MemoryStream all = new();
            await input.CopyToAsync(all, cancellationToken);
            return all.ToArray();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Usage($"{path} cannot be read: {exception.Message}");
        }
    }

    /// <summary>How long it is; 0 for stdin.</summary>
    /// <exception cref="ToolException">There is no such file.</exception>
    public static long Length(string path) => path is StandardInput ? 0
        : File.Exists(path) ? new FileInfo(path).Length
        : throw ToolException.Usage($"There is no file {path}.");
}
