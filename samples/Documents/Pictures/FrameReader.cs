using System.Runtime.CompilerServices;

namespace BlueEdge.Samples.Documents.Pictures;

/// <summary>Decodes what comes on an input of pictures, frame by frame, and numbers the pages.</summary>
internal sealed class FrameReader(DocumentsOptions options)
{
    private int _pages;

    /// <summary>
    /// Each frame as a page, in order; what cannot be decoded is told to the report. A frame's picture belongs to the caller.
    /// </summary>
    public async IAsyncEnumerable<(PageNumber Page, Picture Picture)> ReadAsync(
        ReadOnlyMemory<byte> bytes, PageReport report, bool skip, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var mark = PageMark.Read(bytes.Span);
        _pages = mark?.Page ?? _pages + 1;
        using var source = await OpenAsync(bytes, report, skip, cancellationToken);
        var frames = Math.Min(source?.Frames ?? 0, options.MaxPages);
        for (var frame = 0; frame < frames; frame++)
        {
            _pages += frame == 0 ? 0 : 1;
            var page = mark ?? new PageNumber(_pages, frames > 1 ? _pages - frame + frames - 1 : null);
            cancellationToken.ThrowIfCancellationRequested();
            if (await DecodeAsync(source!, frame, page.Page, report, skip, cancellationToken) is { } picture) // There are frames of a source only.
            {
                yield return (page, picture);
            }
        }

        if (source?.Frames > frames)
        {
            await report.WarnAsync(
                PageCodes.TooMany, $"The picture has more than {frames} frames, and the rest is not read (BlueEdge:Documents:MaxPages). Send it in parts.", _pages, details: null, cancellationToken);
        }
    }

    private async ValueTask<IPictureSource?> OpenAsync(ReadOnlyMemory<byte> bytes, PageReport report, bool skip, CancellationToken cancellationToken)
    {
        try
        {
            return PictureFile.Open(bytes, options);
        }
        catch (DocumentException error)
        {
            await report.FailedAsync(error, _pages, skip, cancellationToken);
            return null;
        }
    }

    private static async ValueTask<Picture?> DecodeAsync(
        IPictureSource source, int frame, int page, PageReport report, bool skip, CancellationToken cancellationToken)
    {
        Picture picture;
        try
        {
            picture = source.Decode(frame);
        }
        catch (DocumentException error)
        {
            await report.FailedAsync(error, page, skip, cancellationToken);
            return null;
        }

        foreach (var complaint in picture.Complaints)
        {
            await report.WarnAsync(PageCodes.Damaged, $"The picture of page {page} was read although {complaint}. Send it again, whole.", page, details: null, cancellationToken);
        }

        return picture;
    }
}
