/** Pixels of the longer side, enough to read a business card. */
const longestSide = 1920
const quality = 0.82
/** Bytes of a PNG that may stay as it is. */
const smallEnough = 400_000

/**
 * A picture from the camera is 4 to 12 MB; what is sent has a few hundred kilobytes. Drawing it
 * anew also turns it upright and drops the place it was taken at from its metadata.
 * @throws when the file is no picture the browser can read
 */
export async function shrinkPicture(file: Blob): Promise<Blob> {
  const drawn = await scalePicture(file, longestSide, quality)
  // A small PNG, a screenshot with text for example, is sharper and often smaller as it is.
  return file.type === 'image/png' && file.size < Math.min(smallEnough, drawn.size) ? file : drawn
}

/** A picture drawn anew as JPEG, its longer side at most so many pixels. @throws when the browser cannot read it */
export async function scalePicture(file: Blob, longest: number, jpegQuality: number): Promise<Blob> {
  const image = await load(file)
  const scale = Math.min(1, longest / Math.max(image.naturalWidth, image.naturalHeight))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(image.naturalWidth * scale))
  canvas.height = Math.max(1, Math.round(image.naturalHeight * scale))
  const context = canvas.getContext('2d')
  if (!context)
    throw new Error('no canvas to draw on')
  // Transparent parts of a PNG would become black in a JPEG.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  const drawn = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/jpeg', jpegQuality))
  if (!drawn)
    throw new Error('the picture could not be written')
  return drawn
}

function load(file: Blob): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(file)
  return new Promise((resolve, reject) => {
    const image = new Image()
    image.onload = () => {
      URL.revokeObjectURL(url)
      if (image.naturalWidth > 0)
        resolve(image)
      else reject(new Error('an empty picture'))
    }
    image.onerror = () => {
      URL.revokeObjectURL(url)
      reject(new Error('not a picture'))
    }
    image.src = url
  })
}
