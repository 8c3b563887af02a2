using System.Globalization;
using BitMiracle.LibTiff.Classic;

namespace BlueEdge.Samples.Documents.Pictures;

/// <summary>The bytes of a TIFF, and what the library says of them; it would print that otherwise.</summary>
internal sealed class TiffInput(ReadOnlyMemory<byte> bytes) : MemoryStream(bytes.ToArray(), writable: false)
{
    private const int ComplaintsAtMost = 20;

    static TiffInput() => Tiff.SetErrorHandler(new Handler());

    public List<string> Complaints { get; } = [];

    private sealed class Handler : TiffErrorHandler
    {
        public override void ErrorHandler(Tiff tif, string method, string format, params object[] args)
        {
        }

        public override void ErrorHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args) =>
            Add(clientData, method, format, args);

        public override void WarningHandler(Tiff tif, string method, string format, params object[] args)
        {
        }

        public override void WarningHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
        {
        }

        private static void Add(object clientData, string method, string format, object[] args)
        {
            if (clientData is TiffInput { Complaints: { Count: < ComplaintsAtMost } complaints })
            {
                complaints.Add($"{method}: {string.Format(CultureInfo.InvariantCulture, format, args)}");
            }
        }
    }
}
